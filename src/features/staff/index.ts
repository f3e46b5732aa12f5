import type { Feature } from '../../bot/feature.ts'
import { enrolStaff } from './enrol-staff.ts'

export const staff: Feature = { commands: [enrolStaff] }
