import { expect, test } from 'vitest'
import { readerFindings } from '../../src/cli/doctor/reader-finding.ts'
import { readConfig } from '../../src/config.ts'

const OUTSIDE = { READER_URL: 'https://93.184.216.34/v1', READER_MODEL: 'm' }

test.each([
  [{}, []],
  [{ READER_MODEL: 'm' }, [['no', 'READER_URL']]],
  [{ READER_URL: 'http://127.0.0.1:8000/v1', READER_MODEL: 'm' }, [['ok', 'm @ 127.0.0.1']]],
  [{ READER_URL: 'http://localhost/v1', READER_MODEL: 'm' }, [['ok', '内网']]],
  [{ READER_URL: 'http://[fd00::5]/v1', READER_MODEL: 'm' }, [['ok', 'fd00::5']]],
  [{ READER_URL: 'http://nobody.invalid/v1', READER_MODEL: 'm' }, [['no', '找不到地址']]],
  [
    { LISTENER_URL: 'http://127.0.0.1:8000/v1', LISTENER_MODEL: 'whisper' },
    [['ok', '语音转文字 listener: whisper @ 127.0.0.1']],
  ],
  [{ LISTENER_URL: 'http://127.0.0.1:8000/v1' }, [['no', 'LISTENER_MODEL']]],
  [{ LISTENER_URL: 'https://93.184.216.34/v1', LISTENER_MODEL: 'w' }, [['no', 'LISTENER_VOICE']]],
  [OUTSIDE, [['no', '不会发送任何内容']]],
  [
    { ...OUTSIDE, READER_TEXT_OF_CLIENTS_MAY_GO_OUTSIDE: 'yes' },
    [['note', '没听懂的话会发到行外']],
  ],
])('of %j says where it goes: %j', async (environment, said) => {
  const findings = await readerFindings(readConfig(environment))
  expect(findings.map(({ state }) => state)).toEqual(said.map(([state]) => state))
  for (const [index, [, text]] of said.entries()) expect(findings[index]?.text).toContain(text)
})
