import type { Feature } from '../../bot/feature.ts'
import { needForm, registerNeed } from './register-need.ts'

export const needs: Feature = { commands: [registerNeed, needForm] }
