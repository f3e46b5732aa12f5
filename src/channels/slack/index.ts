import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import {
  App,
  HTTPReceiver,
  LogLevel,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
} from '@slack/bolt'
import { Hono } from 'hono'
import type { Card } from '../../core/card.ts'
import { type Channel, type Event, type Inbox, StartRefusal } from '../../core/chat.ts'
import type { LanguageOf } from '../../core/unsent.ts'
import type { FilledForm, FormOption, Sought } from '../plugin.ts'
import { SHORTCUTS, SLASH_COMMAND } from './app.ts'
import { download } from './download.ts'
import { createModals, type Modals } from './modals.ts'
import { createPane } from './pane.ts'
import { type Arrived, read } from './read.ts'
import { createPost } from './send/post.ts'
import { transcriptOf } from './transcript.ts'

export interface SlackOptions {
  readonly botToken: string
  /** With it the channel connects out by Socket Mode. */
  readonly appToken: string | null
  /** Without an app token Slack calls the service's own port, signed with this. */
  readonly signingSecret: string | null
  readonly apiUrl: string
  /** The card of a message that was sent; null when it is not there. */
  cardOf(key: string, conversation: string): Promise<Card | null>
  /** The language of a person. */
  readonly languageOf: LanguageOf
  /** What is wrong with a form as it was filled in, by field; empty: it can be read. */
  formFaults(sent: FilledForm): Promise<Readonly<Record<string, string>>>
  /** Whom a form may mean by what is typed into a field that seeks clients. */
  clientsLike(sought: Sought): Promise<readonly FormOption[]>
  warn(message: string): void
}

export interface SlackChannel extends Channel {
  /** What Slack calls when Socket Mode is off. */
  readonly routes: Hono
}

/** Where Slack sends events, commands and clicks, below the path the routes are mounted at. */
const ENDPOINT = '/slack/events'

/** Slack wants to hear within three seconds; a click's modal must be opened within three too. */
export function createSlackChannel(options: SlackOptions): SlackChannel {
  const { botToken, appToken, signingSecret, apiUrl } = options
  const logger = quietLogger(options.warn)
  const clientOptions = {
    slackApiUrl: apiUrl,
    // The outbox repeats, after looking whether a doubtful message arrived, and `keepStarted` connects.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_MS,
  }
  let known = false
  let inbox: Inbox | null = null

  const http = appToken
    ? null
    : new HTTPReceiver({ signingSecret: signingSecret ?? '', endpoints: ENDPOINT, logger })
  const socket = appToken
    ? new SocketModeReceiver({
        appToken,
        logger,
        installerOptions: { clientOptions },
        // What the SDK cannot connect again it rejects in a timer, which would end the process.
        autoReconnectEnabled: false,
        // What is not stored is not acknowledged; an acknowledgement that fails has nobody to catch it.
        processEventErrorHandler: async () => false,
      })
    : null
  const transport = http ?? socket
  if (!transport) throw new Error('neither HTTP nor Socket Mode')

  /** Refuses while nothing can be written down, so that Slack sends it again. */
  function take(event: Event): ReturnType<Inbox> {
    if (!inbox) throw new Error('not started, or stopping')
    return inbox(event)
  }

  /** Writes down what arrives before Bolt acknowledges it. */
  const receiver: Receiver = {
    init(app) {
      const written = {
        async processEvent(event: ReceiverEvent) {
          const arrived = read(event.body)
          const errors = arrived?.kind === 'sent' ? await modals.faultsOf(arrived) : null
          if (arrived?.kind === 'event') {
            const kept = await take(arrived.event)
            void pane.said(arrived.event, kept)
          }
          if (arrived?.kind === 'pane' && pane.opened(arrived.event)) await take(arrived.event)
          if (arrived?.kind === 'sent' && !errors) await take(modals.eventOf(arrived))
          await app.processEvent({ ...event, customProperties: { arrived, errors } })
        },
      }
      transport.init(written as unknown as typeof app)
    },
    start: async () => undefined,
    stop: async () => (socket ? socket.stop() : undefined),
  }

  const app = new App({
    receiver,
    token: botToken,
    clientOptions,
    logger,
    // Conversations are remembered by the dialog, in the database.
    convoStore: false,
    deferInitialization: true,
  })
  const modals: Modals = createModals(app.client, { ...options, take })
  const pane = createPane(app.client, options)
  const post = createPost(app.client, { ...options, pane, shows: modals.shows })
  const arrivedIn = (context: object) => (context as { arrived?: Arrived | null }).arrived
  const openModal = async (context: object) => {
    const arrived = arrivedIn(context)
    if (arrived?.kind === 'opens' || arrived?.kind === 'form') await modals.open(arrived)
  }
  const acknowledge = async ({ ack }: { ack: () => Promise<void> }) => ack()
  app.command(SLASH_COMMAND, acknowledge)
  app.view('form', async ({ ack, context }) => {
    const errors = context['errors'] as Record<string, string> | null
    await (errors ? ack({ response_action: 'errors', errors }) : ack())
  })
  app.action(/^say:/, acknowledge)
  app.action(/^(opens|form|pick):/, async ({ ack, context }) => {
    await ack()
    await openModal(context)
  })
  app.action(/^more:/, async ({ ack, context }) => {
    await ack()
    const arrived = arrivedIn(context)
    if (arrived?.kind === 'more') await modals.showAll(arrived)
  })
  app.options(/^(text|long-text|choice)$/, async ({ ack, context }) => {
    const arrived = arrivedIn(context)
    const options = arrived?.kind === 'searches' ? await modals.search(arrived) : []
    await ack({ options: options as never })
  })
  for (const callbackId of Object.keys(SHORTCUTS)) {
    app.shortcut(callbackId, async ({ ack, context }) => {
      await ack()
      await openModal(context)
    })
  }
  app.error(async (error) => options.warn(error.message))

  const routes = new Hono<{ Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } }>()
  if (http) {
    routes.post('/events', (context) => {
      // Nothing is acknowledged that would not be stored: Slack sends it again, or tells the person at once.
      if (!inbox) return context.text('not ready', 503)
      http.requestListener(context.env.incoming, context.env.outgoing)
      return RESPONSE_ALREADY_SENT
    })
  }

  return {
    name: 'slack',
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 12_000,
      // docs.slack.dev/apis/web-api/rate-limits: one message a second in a conversation with
      // short bursts above it, and
      // several hundred a minute in a workspace.
      paceMs: 1050,
      burst: 3,
      perSecond: 8,
    },
    senderIs: 'account',
    mention: /@([UW][A-Z0-9]{2,20})\b/g,
    // Ephemeral messages, modals and the home page.
    whispers: true,
    routes: routes as unknown as Hono,
    ready: () => known,
    async start(into, lost) {
      inbox = into
      if (!known) {
        await app.init().catch(refusal('SLACK_BOT_TOKEN'))
        await pane.learn()
      }
      known = true
      if (socket) await connect(socket, lost ?? (() => {})).catch(refusal('SLACK_APP_TOKEN'))
    },
    send: (message) => post.send(message),
    find: (message) => post.find(message),
    fetchFile: (ref, most) => download(ref.split(' ')[0] ?? '', most, botToken, apiUrl),
    transcriptOf: (ref) =>
      transcriptOf(app.client, ref.split(' ')[1] ?? '', (address) =>
        download(address, MOST_SUBTITLES, botToken, apiUrl),
      ),
    async emailOf(sender) {
      const { user } = await app.client.users.info({ user: sender })
      // Addresses of guests and of strangers of shared channels are set by their own administrators.
      const guest = user?.is_restricted || user?.is_ultra_restricted || user?.is_stranger
      if (!user?.is_email_confirmed || user.is_bot || user.deleted || guest) return null
      const { team_id: own = '' } = await app.client.auth.test()
      const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])]
      return teams.includes(own) ? (user.profile?.email?.toLowerCase() ?? null) : null
    },
    async stop() {
      inbox = null
      await receiver.stop()
    },
  }
}

/** Bytes of what was said in half an hour, several times over. */
const MOST_SUBTITLES = 1_000_000
/** The longest that a call waits for its answer. */
const CALL_MS = 10_000
/** A connection that is not greeted in this time is none. */
const GREETING_MS = 15_000

/** Connects once; `lost` is called when the connection is gone. */
async function connect(socket: SocketModeReceiver, lost: (why: string) => void): Promise<void> {
  const { client } = socket
  const greeted = Promise.withResolvers<never>()
  const patience = setTimeout(() => {
    greeted.reject(new Error('Socket Mode: no hello in time'))
    client.disconnect().catch(() => {})
  }, GREETING_MS).unref()
  try {
    await Promise.race([client.start(), greeted.promise])
  } finally {
    clearTimeout(patience)
  }
  client.once('disconnected', () => lost('Socket Mode: disconnected'))
}

/** What Slack says of a token that is wrong, revoked, of another kind, or lacks a scope. */
const TOKEN_FAULTS =
  /invalid_auth|not_authed|account_inactive|token_|not_allowed_token_type|missing_scope|user_removed|team_disabled|app_missing|no_permission/

/** Of a failed start: a sentence that names the setting, where its token is at fault. */
const refusal = (setting: string) => (error: unknown) => {
  const { data, message } = error as { data?: { error?: string }; message?: string }
  const reason = data?.error ?? message ?? 'no answer'
  if (!data || !TOKEN_FAULTS.test(reason)) throw new Error(`Slack: ${reason}`)
  throw new StartRefusal(
    `Slack 不接受 ${setting}（${reason}），请核对后改正；不重启也会再试。 Slack refuses ${setting} (${reason}): check it; it is tried again without a restart.`,
  )
}

/** Bolt's own words, without payloads: they hold personal data. */
function quietLogger(warn: (message: string) => void) {
  const nothing = () => {}
  const say = (...words: unknown[]) => warn(words.map(String).join(' ').slice(0, 300))
  return {
    debug: nothing,
    info: nothing,
    warn: say,
    error: say,
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  }
}
