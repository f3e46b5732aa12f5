import type { Feature } from '../../bot/feature.ts'
import { enrolStaff } from './enrol-staff.ts'

export const staff: Feature = { topic: { zh: '团队', en: 'team' }, commands: [enrolStaff] }
