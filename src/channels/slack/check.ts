import { LogLevel, webApi } from '@slack/bolt'
import type { Text } from '../../core/text.ts'
import type { Check } from '../plugin.ts'
import { BOT_SCOPES, PANE_SCOPE } from './app.ts'

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
    const told = meta?.scopes ?? []
    const missing = BOT_SCOPES.filter((scope) => !told.includes(scope))
    checks.push(
      // The header that names them may be taken off on the way; no app has none.
      told.length === 0
        ? {
            ok: true,
            text: 'Slack: 没有说明授予了哪些权限，这一项没有检查 it does not say which scopes are granted, so they were not checked',
          }
        : missing.length === 0
          ? { ok: true, text: 'Slack: 权限齐全 every scope is granted' }
          : {
              ok: false,
              text: `Slack: 缺少权限 ${missing.join(', ')}；请按清单更新应用并重新安装。 Update the app from the manifest and install it again.`,
            },
      ...(told.length === 0 ? [] : [agentCheck(told.includes(PANE_SCOPE))]),
    )
  } catch (error) {
    checks.push(
      fault('SLACK_BOT_TOKEN', error, {
        zh: '请在 OAuth & Permissions 重新复制',
        en: 'Copy it again from OAuth & Permissions',
      }),
    )
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
    checks.push(
      fault('SLACK_APP_TOKEN', error, {
        zh: '需要 connections:write',
        en: 'It needs the scope connections:write',
      }),
    )
  }
  return checks
}

/** Nobody needs it, so it is never a fault. */
const agentCheck = (is: boolean): Check => ({
  ok: true,
  text: is
    ? 'Slack: 作为智能体安装，打开对话时有建议 installed as an agent: opening it suggests what to say'
    : 'Slack: 没有作为智能体安装（可选，付费版） not installed as an agent (optional, on paid plans)',
})

/** What Slack says of a token, with what to do about it; or that Slack does not answer, which says nothing of it. */
function fault(setting: string, error: unknown, advice: Text): Check {
  const said = (error as { data?: { error?: string } }).data?.error
  if (said) return { ok: false, text: `${setting}: ${said}；${advice.zh}。 ${advice.en}.` }
  const why = error instanceof Error ? error.message : 'no answer'
  return {
    ok: false,
    text: `${setting}: 联系不上 Slack（${why}），令牌没有检查；请检查网络，稍后再试。 Slack does not answer, so the token was not checked; look at the network and try again.`,
  }
}
