/** The inbox's own icons, on the grid and stroke of the set in `ui`. */

export const KEYBOARD =
  'M3 5.25h14a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1ZM5 8.5h.01m3.32 0h.01m3.32 0h.01m3.32 0h.01M6.75 11.75h6.5'
export const SIGN_OUT = 'M8 16.25H4.75a1 1 0 0 1-1-1V4.75a1 1 0 0 1 1-1H8m4.75 9.5L16 10l-3.25-3.25M16 10H8'
