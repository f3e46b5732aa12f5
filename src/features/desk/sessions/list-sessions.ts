import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import type { Moment } from '../../../bot/moment.ts'
import { dayIn, sayDay, timeIn } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import * as policy from '../policy.ts'
import { IDLE_MINUTES } from '../rules.ts'
import { type OpenSession, openSessions } from './store.ts'

/** More are not shown. */
const MOST = 20

/** `会话`: in which browsers the pages are open, one's own or, for risk, everybody's. */
export const listSessions = query<unknown, readonly OpenSession[]>({
  name: 'sessions',
  may: policy.overseeSessions,
  help: {
    usage: { zh: '会话', en: 'sessions' },
    purpose: { zh: '看板在哪里登录着', en: 'where the pages are open' },
  },
  phrases: { words: ['会话', '登录记录', 'sessions'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { who, reach, at }) =>
    openSessions(tx, reach === 'bank' ? null : who.id, at.now),
  reply: (sessions, _input, { who, at }) => sessionsCard(sessions, at, who.language),
})

function sessionsCard(sessions: readonly OpenSession[], at: Moment, language: Language): Card {
  const say = speaker(language)
  const when = (moment: Date) =>
    `${sayDay(dayIn(moment, at.timezone), at.today, language)} ${timeIn(moment, at.timezone)}`
  if (sessions.length === 0) {
    const text = say('看板没有在任何浏览器里登录。', 'The pages are open in no browser.')
    return { blocks: [{ kind: 'text', text }] }
  }
  const how = say(
    `${IDLE_MINUTES} 分钟不看就自动退出。全部退出请发"退出看板"。`,
    `Nobody looking for ${IDLE_MINUTES} minutes ends one. To end yours say "log out".`,
  )
  return {
    title: say(`看板会话 ${sessions.length} 个`, `Sessions: ${sessions.length}`),
    blocks: [
      {
        kind: 'list',
        items: sessions.slice(0, MOST).map(({ name, code, startedAt, seenAt }) => ({
          text: say(
            `**${name}** ${code}\n${when(startedAt)} 登录 · 最近 ${when(seenAt)}`,
            `**${name}** ${code}\nsince ${when(startedAt)}, last ${when(seenAt)}`,
          ),
        })),
      },
      { kind: 'text', text: how },
    ],
  }
}
