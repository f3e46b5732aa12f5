import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ConfigFault, configSchema, misspelt, readConfig } from '../src/config.ts'

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

test('a secret may stand in a file, in place of the variable', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'chenhui-secret-')), 'secret')
  writeFileSync(file, 'a secret of the browser chat\n')
  const { WEB_CHAT_SECRET } = readConfig({ WEB_CHAT_SECRET_FILE: file })
  expect(WEB_CHAT_SECRET).toBe('a secret of the browser chat')
  const both = { WEB_CHAT_SECRET_FILE: file, WEB_CHAT_SECRET: 'another secret of the chat' }
  expect(() => readConfig(both)).toThrow('WEB_CHAT_SECRET_FILE')
  // A file that is not there is no setting left blank; what is in one is held to the same rules.
  expect(() => readConfig({ SLACK_BOT_TOKEN_FILE: `${file}-gone` })).toThrow('SLACK_BOT_TOKEN_FILE')
  expect(() => readConfig({ PORT_FILE: file })).toThrow('PORT')
})

test('a name that is nearly a setting is told with the setting; others are other programs’', () => {
  const names = Object.keys(configSchema.shape)
  const wrong = ['PUBLIC_ULR', 'SLACK_BOT_TOKN', 'DATABSE_URL_FILE', 'MORNING-AT']
  const meant = ['PUBLIC_URL', 'SLACK_BOT_TOKEN', 'DATABASE_URL', 'MORNING_AT']
  const told = misspelt([...names, ...wrong])
  expect(told.map((sentence) => sentence.match(/is (\w+) meant/)?.[1])).toEqual(meant)
  expect(misspelt(names.map((name) => `${name}_FILE`))).toEqual([])
  expect(misspelt(['PATH', 'HOME', 'HOSTNAME', 'PGHOST', 'NODE_ENV', 'LOGNAME', 'POST'])).toEqual(
    [],
  )
})
