/** Part 2 of 4 of the storm's schedules: files are what runs side by side. */
import { schedules } from './schedules.ts'

schedules(2)
