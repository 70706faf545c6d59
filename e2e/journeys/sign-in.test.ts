/** The agent's way in: what went wrong is said, and the keyboard stands where it is mended. */
import type { Agent } from './people.ts'
import { expect, test } from './test.ts'

const fieldsOf = ({ page }: Agent) => [page.getByRole('textbox', { name: 'Email' }), page.getByLabel('Password')] as const

test('a sign-in link that is used up asks for the rest and blames no field', async ({ server, agent }) => {
  await agent.page.goto(`${server.url}/inbox/#sign-in=used-up`)
  await expect(agent.page.getByRole('alert')).toContainText('link was used already')
  const [email, password] = fieldsOf(agent)
  await expect(email).toBeFocused()
  for (const field of [email, password]) await expect(field).toHaveAttribute('aria-invalid', 'false')
  expect(agent.page.url()).not.toContain('used-up')
})

test('a wrong password is marked, and typed again at once', async ({ server, agent }) => {
  await agent.page.goto(`${server.url}/inbox/`)
  const [email, password] = fieldsOf(agent)
  await expect(email).toBeFocused()
  await agent.page.keyboard.type('agent@demo.test')
  await password.fill('wrong')
  await password.press('Enter')
  await expect(agent.page.getByRole('alert')).toContainText('do not match')
  for (const field of [email, password]) await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(password).toBeFocused()
  await password.fill('porchlight')
  await password.press('Enter')
  await expect(agent.page.getByRole('list', { name: 'Chats' })).toBeAttached()
})
