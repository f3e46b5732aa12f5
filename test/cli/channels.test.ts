import { expect, test } from 'vitest'
import { hasChannel, missingSettings } from '../../src/cli/channels.ts'
import { readConfig } from '../../src/config.ts'

const APP = {
  WECOM_CORP_ID: 'ww1234',
  WECOM_APP_AGENT_ID: '1000002',
  WECOM_APP_SECRET: 'the secret',
  WECOM_APP_TOKEN: 'token',
  WECOM_APP_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}

test.each([
  ['Slack', { SLACK_BOT_TOKEN: 'xoxb-1-2-3', SLACK_APP_TOKEN: 'xapp-1-2-3' }],
  ['the WeCom bot', { WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 'the secret' }],
  ['the WeCom app', APP],
  ['Wechaty', { WECHATY_PUPPET: 'wechaty-puppet-service', WECHATY_TOKEN: 'puppet_1234' }],
  ['the browser', { WEB_CHAT_SECRET: 'sixteen characters' }],
])('the service starts with %s alone', (_name, settings) => {
  expect(hasChannel(readConfig(settings))).toBe(true)
})

test('it does not without any, or with a part of one, of which the rest is named', () => {
  const { WECOM_APP_TOKEN: _token, ...part } = APP
  for (const [settings, missing] of [
    [{}, []],
    [part, ['WECOM_APP_TOKEN']],
    [{ WECOM_BOT_ID: 'aib1' }, ['WECOM_BOT_SECRET']],
  ] as const) {
    expect(hasChannel(readConfig(settings))).toBe(false)
    expect(missingSettings(readConfig(settings))).toEqual(missing)
  }
  expect(missingSettings(readConfig(APP))).toEqual([])
})
