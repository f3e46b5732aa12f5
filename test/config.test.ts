import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ConfigFault, configSchema, readConfig } from '../src/config.ts'

const example = readFileSync('.env.example', 'utf8')
const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)

test('.env.example names every setting there is, once, and no other', () => {
  expect(named.toSorted()).toEqual(Object.keys(configSchema.shape).toSorted())
})

test('.env.example as it stands is a configuration, with the defaults', () => {
  const set = Object.fromEntries(
    [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
  expect(readConfig(set)).toEqual(readConfig({}))
})

test('every fault is reported at once', () => {
  const read = () => readConfig({ PORT: 'x', MORNING_AT: '25:00', DATABASE_URL: 'mysql://x' })
  expect(read).toThrow(ConfigFault)
  for (const name of ['PORT', 'MORNING_AT', 'DATABASE_URL']) expect(read).toThrow(name)
})

test('a blank setting counts as not set', () => {
  expect(readConfig({ PORT: ' ' }).PORT).toBe(8707)
})
