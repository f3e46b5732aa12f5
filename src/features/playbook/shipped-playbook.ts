import type { Playbook } from './rules.ts'
import { SHIPPED_OUTCOMES } from './shipped-outcomes.ts'

/** Version 1, as shipped. */
export const SHIPPED_PLAYBOOK: Playbook = {
  version: 1,
  effectiveFrom: '2026-01-01',
  entry: { kind: 'call', after: { workdays: 1 }, priority: 45 },
  referral: { kind: 'referral', after: { workdays: 1 }, priority: 85 },
  needs: {
    urgent: { kind: 'call', after: { workdays: 0 }, priority: 90 },
    soon: { kind: 'call', after: { workdays: 2 }, priority: 60 },
    'some-day': { kind: 'cross-sell', after: { days: 14 }, priority: 30 },
  },
  outcomes: SHIPPED_OUTCOMES,
  care: {
    A: { call: 14, visit: 30 },
    B: { call: 30, visit: 60 },
    C: { call: 45, visit: 90 },
    D: { call: 60, visit: 180 },
    E: { call: 30, visit: 90 },
    F: { call: null, visit: null },
    unclassified: { call: 60, visit: null },
    premium: { call: 14, visit: 60 },
    ordinary: { call: 30, visit: null },
    none: { call: null, visit: null },
    undetermined: { call: 30, visit: null },
  },
  events: {
    'credit-due': { kind: 'call', days: 30, priority: 75 },
    'loan-due': { kind: 'call', days: 10, priority: 78 },
    'licence-due': { kind: 'call', days: 30, priority: 50 },
    birthday: { kind: 'call', days: 0, priority: 35 },
    unused: { kind: 'call', days: 41, priority: 45 },
    'usage-falling': { kind: 'call', days: 0, priority: 55 },
    quiet: { kind: 'call', days: 90, priority: 45 },
    'win-back': { kind: 'call', days: 30, priority: 42 },
    'win-back-again': { kind: 'call', days: 90, priority: 41 },
    'win-back-last': { kind: 'call', days: 180, priority: 40 },
    'old-facts': { kind: 'other', days: 30, priority: 32 },
    uncovered: { kind: 'cross-sell', days: 60, priority: 34 },
  },
  tierWeight: { A: 15, B: 8, premium: 6, C: 4, E: 2, D: 0 },
  weights: {
    care: 30,
    overdue: { perDay: 2, most: 16 },
    'wants-now': 12,
    'key-slipping': 10,
    keyTiers: ['A', 'premium'],
    unused: 6,
    quiet: 8,
    'credit-ends': 10,
    // The bank decides whether value goes before care: 0 until it does.
    worth: { most: 0, balance: 500_000, deposits: 200_000, income: 10_000 },
  },
  escalation: { again: 3, lead: 5, reassign: 7 },
  ceiling: { touches: 4, days: 30 },
  quietHours: [
    { from: '12:00', until: '14:00' },
    { from: '20:30', until: '08:30' },
  ],
  sizes: { page: 10, load: 40, ahead: 3 },
}
