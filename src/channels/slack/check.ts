import { LogLevel, webApi } from '@slack/bolt'
import type { Check } from '../plugin.ts'
import { BOT_SCOPES } from './app.ts'

/** Asks Slack whether tokens, scopes and settings are what the channel needs. */
export async function checkSlack(settings: {
  readonly botToken: string
  readonly appToken: string | null
  readonly signingSecret: string | null
  readonly apiUrl: string
}): Promise<Check[]> {
  const { botToken, appToken, signingSecret, apiUrl } = settings
  const client = new webApi.WebClient(undefined, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  })
  const checks: Check[] = []
  try {
    const { team, user, response_metadata: meta } = await client.auth.test({ token: botToken })
    checks.push({ ok: true, text: `Slack: ${team}, ${user}` })
    const granted = new Set(meta?.scopes ?? [])
    const missing = BOT_SCOPES.filter((scope) => !granted.has(scope))
    checks.push(
      missing.length === 0
        ? { ok: true, text: 'Slack: 权限齐全 every scope is granted' }
        : {
            ok: false,
            text: `Slack: 缺少权限 ${missing.join(', ')}；请按清单更新应用并重新安装。 Update the app from the manifest and install it again.`,
          },
    )
  } catch (error) {
    checks.push({
      ok: false,
      text: `SLACK_BOT_TOKEN: ${reasonOf(error)}；请在 OAuth & Permissions 重新复制。 Copy it again from OAuth & Permissions.`,
    })
  }
  if (!appToken) {
    checks.push(
      signingSecret
        ? { ok: true, text: 'Slack: HTTP, SLACK_SIGNING_SECRET' }
        : {
            ok: false,
            text: '请设置 SLACK_APP_TOKEN（推荐）或 SLACK_SIGNING_SECRET。 Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET.',
          },
    )
    return checks
  }
  try {
    await client.apps.connections.open({ token: appToken })
    checks.push({ ok: true, text: 'Slack: Socket Mode' })
  } catch (error) {
    checks.push({
      ok: false,
      text: `SLACK_APP_TOKEN: ${reasonOf(error)}；需要 connections:write。 It needs the scope connections:write.`,
    })
  }
  return checks
}

const reasonOf = (error: unknown): string =>
  (error as { data?: { error?: string } }).data?.error ??
  (error instanceof Error ? error.message : 'no answer')
