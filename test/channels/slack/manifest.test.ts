import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import {
  agentManifest,
  BOT_EVENTS,
  BOT_SCOPES,
  manifest,
  PANE_SCOPE,
  SHORTCUTS,
  SLASH_COMMAND,
} from '../../../src/channels/slack/app.ts'
import { checkSlack } from '../../../src/channels/slack/check.ts'
import { APP_TOKEN, BOT_TOKEN, openSlack, type SlackDouble } from '../../doubles/slack/index.ts'

const FOLDER = 'src/channels/slack'
const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(FOLDER, name), 'utf8'))
  .join('\n')

/** What each method of the Web API asks for (docs.slack.dev/reference/methods). */
const SCOPES_OF: Record<string, readonly string[]> = {
  'apps.connections.open': [],
  'assistant.threads.setStatus': ['chat:write'],
  'assistant.threads.setSuggestedPrompts': [PANE_SCOPE],
  'assistant.threads.setTitle': [PANE_SCOPE],
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history'],
  'conversations.replies': ['im:history'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}
const SCOPES_OF_EVENT: Record<(typeof BOT_EVENTS)[number], readonly string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
}

test.each([
  ['manifest.json', manifest],
  ['agent-manifest.json', agentManifest],
])('%s in the repository is the one that the code means', (name, meant) => {
  expect(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))).toEqual(meant)
})

test('the scopes are what the calls, events, files and commands ask for, and none besides', () => {
  const calls = [...sources.matchAll(/client\s*\.((?:apps\.|assistant\.)?\w+\.\w+)\(/g)].map(
    ([, name = '']) => name,
  )
  expect(calls.length).toBeGreaterThan(8)
  expect([...new Set(calls)].filter((name) => !SCOPES_OF[name])).toEqual([])
  const needed = new Set([
    ...calls.flatMap((name) => SCOPES_OF[name] ?? []),
    ...BOT_EVENTS.flatMap((name) => SCOPES_OF_EVENT[name]),
    // Slash command and shortcuts; files that people share with the bot.
    'commands',
    'files:read',
  ])
  expect(new Set<string>([...BOT_SCOPES, PANE_SCOPE])).toEqual(needed)
  // What only some workspaces have is asked for where it is wanted.
  expect(BOT_SCOPES).not.toContain(PANE_SCOPE)
})

test('every shortcut opens a command that there is, and the code listens to what is declared', () => {
  const names = COMMANDS.map(({ name }) => name)
  for (const { command } of Object.values(SHORTCUTS)) expect(names).toContain(command)
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([SLASH_COMMAND])
  for (const event of ['app_home_opened', 'app_mention', 'message']) {
    expect(sources).toContain(`z.literal('${event}')`)
  }
})

test('names keep to what Slack allows', () => {
  const { name, description } = manifest.display_information
  expect(name.length).toBeLessThanOrEqual(35)
  expect(description.length).toBeLessThanOrEqual(140)
  for (const shortcut of manifest.features.shortcuts) {
    expect(shortcut.name.length).toBeLessThanOrEqual(24)
    expect(shortcut.description.length).toBeLessThanOrEqual(150)
  }
})

describe('doctor', () => {
  let slack: SlackDouble
  beforeEach(async () => {
    slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
  })
  afterEach(() => slack.close())
  const settings = () => ({
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN as string | null,
    signingSecret: null as string | null,
    apiUrl: slack.apiUrl,
  })
  const faults = async (given: ReturnType<typeof settings>) =>
    (await checkSlack(given)).filter(({ ok }) => !ok).map(({ text }) => text)

  test('finds nothing where everything is set', async () => {
    expect(await faults(settings())).toEqual([])
  })

  test('says whether it is installed as an agent, which is no fault either way', async () => {
    const said = async () => (await checkSlack(settings())).map(({ text }) => text).join()
    expect(await said()).toContain('没有作为智能体安装')
    slack.scopes.push(PANE_SCOPE)
    expect(await said()).toContain('作为智能体安装，打开对话时有建议')
    expect(await faults(settings())).toEqual([])
  })

  test('names a scope that is missing', async () => {
    slack.scopes = BOT_SCOPES.filter((scope) => scope !== 'users:read.email')
    expect(await faults(settings())).toEqual([expect.stringContaining('users:read.email')])
  })

  test('of scopes that Slack does not tell says that they were not checked', async () => {
    slack.scopes = []
    expect(await faults(settings())).toEqual([])
    const said = (await checkSlack(settings())).map(({ text }) => text)
    expect(said.join()).toContain('没有检查')
    expect(said.join()).not.toContain('权限齐全')
  })

  test('names the token that Slack refuses', async () => {
    expect(await faults({ ...settings(), botToken: 'xoxb-wrong' })).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN: invalid_auth'),
    ])
    expect(await faults({ ...settings(), appToken: 'xapp-wrong' })).toEqual([
      expect.stringContaining('SLACK_APP_TOKEN: invalid_auth'),
    ])
  })

  test('says of a Slack that is away that it is, and nothing of the tokens', async () => {
    await slack.close()
    const said = await faults(settings())
    expect(said).toHaveLength(2)
    for (const each of said) expect(each).toMatch(/联系不上 Slack.*没有检查/)
    slack = await openSlack()
  })

  test('asks for an app token or a signing secret', async () => {
    expect(await faults({ ...settings(), appToken: null })).toEqual([
      expect.stringContaining('SLACK_SIGNING_SECRET'),
    ])
  })
})
