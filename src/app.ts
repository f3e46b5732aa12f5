import { setTimeout as pause } from 'node:timers/promises'
import { COMMANDS, clientEntered, clientsSaid, dayNotes, FEATURES } from './app-features.ts'
import { createRunner } from './bot/inbox/run.ts'
import { createListener } from './bot/listener/index.ts'
import { momentAt } from './bot/moment.ts'
import { createMetrics } from './bot/operations/metrics.ts'
import { operationsRoutes } from './bot/operations/operations-page.ts'
import { traced } from './bot/operations/traced.ts'
import { Delivery } from './bot/outbox/deliver.ts'
import { tell } from './bot/outbox/enqueue.ts'
import { KeptConnection } from './bot/outbox/keep-connected.ts'
import { createLiveCards } from './bot/outbox/live-cards.ts'
import { postChannels } from './bot/outbox/post.ts'
import { startJobs } from './bot/run-jobs.ts'
import { createSecondReader } from './bot/second-reader/index.ts'
import type { Services } from './bot/services.ts'
import { Working } from './bot/work.ts'
import { type Config, listenerOf, modelOf, termsOf } from './config.ts'
import { dayIn } from './core/calendar/time.ts'
import type { Channel, Inbox } from './core/chat.ts'
import type { ContactWays, MailGateway, PostWay, SmsGateway } from './core/gateways.ts'
import { followCalendar } from './features/calendar/store.ts'
import { followCatalogue, installCatalogue } from './features/catalogue/store.ts'
import { feedRoutes } from './features/feeds/feed-page.ts'
import { kindsOn } from './features/playbook/outcome-rules.ts'
import { followKinds, installPlaybook } from './features/playbook/store.ts'
import { installIndustries } from './features/registers/industries-store.ts'
import { openKeyedHash } from './features/risk/key.ts'
import { installStandards } from './features/tier-rules/store.ts'
import { describe } from './infra/database/fault.ts'
import type { Database } from './infra/database/index.ts'
import type { Log } from './infra/log.ts'
import type { Spool } from './infra/spool.ts'
import { type Ending, endInTurn } from './infra/stop.ts'
import { startTracing } from './infra/tracing.ts'
import { type Routes, startWeb, type Web } from './infra/web.ts'

/** What `createApp` is given besides the configuration. */
export interface Surroundings {
  readonly database: Database
  readonly log: Log
  readonly channels: readonly Channel[]
  /** Routes of channels that live on the service's port. */
  readonly mounts?: readonly Routes[]
  readonly clock?: () => Date
  /** Where events are written down while the database does not answer. */
  readonly spool?: Spool
  /** The bank's text message gateway, to confirm visitors' numbers and for binding codes; off without it. */
  readonly sms?: SmsGateway
  /** Sends mail to who works here; off without it. */
  readonly mail?: MailGateway
  /** WeCom's customer contact, for the managers' codes on referral pages; off without it. */
  readonly contactWays?: ContactWays | null
}

export interface App {
  readonly services: Services
  readonly inbox: Inbox
  readonly delivery: Delivery
  /** What goes on beside answers. */
  readonly working: Working
  /** Serves pages, channels and clock, and takes up what the last process left. */
  start(): Promise<Web>
  /** Ends within a quarter of a minute, whatever hangs. */
  stop(): Promise<void>
}

/** Joins the parts; nothing runs before `start`, but `inbox` and `delivery` can be used at once. */
export async function createApp(config: Config, surroundings: Surroundings): Promise<App> {
  const { database, log, channels } = surroundings
  const clock = surroundings.clock ?? (() => new Date())
  await database.transaction(async (tx) => {
    await installStandards(tx)
    await installPlaybook(tx)
    await installCatalogue(tx)
    await installIndustries(tx, clock())
  })
  const catalogue = await followCatalogue(database.prisma)
  const calendarDays = await followCalendar(database.prisma)
  const today = () => dayIn(clock(), config.TIMEZONE)
  const kinds = await followKinds(database.prisma, today)
  const moment = () =>
    momentAt(
      clock(),
      config.TIMEZONE,
      calendarDays.now(),
      catalogue.now(),
      kindsOn(kinds.now(), today()),
    )
  const refreshMoment = async () => {
    await Promise.all([catalogue.refresh(), calendarDays.refresh(), kinds.refresh()])
  }
  const { sms = null, mail = null } = surroundings
  const post = postChannels({ mail, sms }, database.prisma, config.BANK_NAME)
  const publicUrl = (config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`).replace(/\/$/, '')
  const bank = {
    name: config.BANK_NAME,
    colour: config.BANK_COLOUR,
    trustedHops: config.TRUSTED_HOPS,
    calendarLinks: config.CALENDAR_LINKS === 'on',
    tellsReferrerOfGrant: config.REFERRAL_TELL_GRANTED === 'yes',
    post: post.map(({ name }) => name as PostWay),
    keyedHash: await openKeyedHash(database, config.NEGATIVE_LIST_KEY ?? null),
  }
  const liveCards = FEATURES.flatMap((feature) => feature.liveCards ?? [])
  const composeCards = createLiveCards(database, liveCards, moment, dayNotes)
  const outward = [...channels, ...post]
  const metrics = createMetrics(
    database,
    outward.map(({ name }) => name),
    clock,
  )
  const tracing = config.OTEL_EXPORTER_OTLP_ENDPOINT
    ? await startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT)
    : null
  const meter = tracing ? traced(metrics.meter, tracing, clock) : metrics.meter
  const delivery = new Delivery({ database, channels: outward, composeCards, clock, log, meter })
  const wake = () => delivery.wake()
  const model = modelOf(config)
  const runner = createRunner({
    database,
    secondReader: model && createSecondReader({ settings: model, database, clock, log }),
    listener: createListener({ settings: listenerOf(config), database, clock, log }),
    commands: COMMANDS,
    channelOf: (name) => channels.find((each) => each.name === name),
    clientsSaid,
    spool: surroundings.spool ?? null,
    moment,
    refreshMoment,
    wakeWork: () => working.wake(),
    publicUrl,
    bank,
    reactions: FEATURES.flatMap((feature) => feature.reactions ?? []),
    clientEntered,
    dayNotes,
    log,
    wake,
    meter,
  })
  const services: Services = {
    database,
    log,
    publicUrl,
    bankName: config.BANK_NAME,
    sms,
    contactWays: surroundings.contactWays ?? null,
    bank,
    demandsFactor: config.DESK_SECOND_FACTOR === 'required',
    alarms: {
      clientsAnHour: config.ALARM_CLIENTS_AN_HOUR,
      vainEntriesADay: config.ALARM_VAIN_ENTRIES_A_DAY,
    },
    terms: termsOf(config),
    morning: { at: config.MORNING_AT, spreadSeconds: config.MORNING_SPREAD_SECONDS },
    reminders: { minutes: config.REMIND_MINUTES, visitMinutes: config.REMIND_VISIT_MINUTES },
    moment,
    wake,
    wakeWork: () => working.wake(),
    dayNotes,
    clientEntered: (tx, clientIds) => clientEntered(tx, clientIds, { at: moment(), bank }),
    tell: async (tx, staffId, compose) => {
      await tell(tx, staffId, compose, clock())
    },
  }
  const working = new Working(
    services,
    FEATURES.flatMap((feature) => feature.works ?? []),
  )
  const endings: Ending[] = []

  /** One that cannot start keeps neither the others nor the service from running. */
  async function startChannels(): Promise<void> {
    const kept = channels.map(
      (channel) => new KeptConnection({ channel, inbox: runner.receive, database, log }),
    )
    endings.unshift({
      name: 'channels',
      stop: async () => void (await Promise.all(kept.map((each) => each.stop()))),
    })
    const patience = pause(START_MS, null, { ref: false })
    const tried = await Promise.race([Promise.all(kept.map((each) => each.tried)), patience])
    if (tried && tried.length > 0 && !tried.includes(true)) {
      log.error({}, 'no chat channel is connected; pages and jobs run, and each is tried again')
    }
  }

  /** Ends, with whatever came of it. */
  let starting: Promise<unknown> = Promise.resolve()

  async function begin(): Promise<Web> {
    const pages = FEATURES.flatMap((feature) => feature.pages ?? [])
    const serve = async (
      name: string,
      ...[host, port, mounts, limits]: Parameters<typeof startWeb>
    ) => {
      const served = await startWeb(host, port, mounts, limits, log)
      endings.unshift({ name, stop: () => served.stop() })
      return served
    }
    const web = await serve('web', config.HOST, config.PORT, [
      ...pages.map((page) => ({ path: page.path, routes: page.routes(services) })),
      ...(surroundings.mounts ?? []),
    ])
    if (config.FEED_PORT !== undefined) {
      const limits = { bytes: config.FEED_MOST_MB * 2 ** 20, share: config.FEED_MOST_ENDED }
      const mounts = [{ path: '/feeds', routes: feedRoutes(services, limits) }]
      await serve('feeds', config.FEED_HOST, config.FEED_PORT, mounts, FEED_TIME)
    }
    if (config.OPERATIONS_PORT !== undefined) {
      const chats = channels.map(({ name }) => name)
      const routes = operationsRoutes({ database, channels: chats, metrics, clock })
      const mounts = [{ path: '/', routes }]
      await serve('operations', config.OPERATIONS_HOST, config.OPERATIONS_PORT, mounts)
    }
    const jobs = FEATURES.flatMap((feature) => feature.jobs ?? [])
    endings.unshift({
      name: 'jobs',
      stop: await startJobs(services, jobs),
    })
    // Nobody else waits for it: what the last process left may be locked by its sessions still.
    runner.resume().catch((error) => log.error({ error: describe(error) }, 'resume'))
    const again = setInterval(() => {
      runner.resume(RESUME_MS).catch((error) => log.error({ error: describe(error) }, 'resume'))
      // What another instance left, or could not do.
      working.wake()
      // Another instance may have changed it.
      refreshMoment().catch((error) => log.error({ error: describe(error) }, 'moment'))
    }, RESUME_MS)
    endings.unshift({ name: 'resume', stop: async () => clearInterval(again) })
    await delivery.start()
    working.wake()
    await startChannels()
    return web
  }

  return {
    services,
    inbox: runner.receive,
    delivery,
    working,
    start() {
      const begun = begin()
      starting = begun.catch(() => {})
      return begun
    },
    async stop() {
      // What has not begun yet would not be ended; a start that hangs is not waited for.
      await endInTurn([{ name: 'start', stop: () => starting }], log, BEGUN_MS)
      await endInTurn(
        [
          ...endings.splice(0),
          { name: 'answers', stop: () => runner.stop() },
          { name: 'work', stop: () => working.stop() },
          { name: 'outbox', stop: () => delivery.stop() },
          ...(tracing ? [{ name: 'traces', stop: () => tracing.stop() }] : []),
          { name: 'database', stop: () => database.close() },
        ],
        log,
      )
    },
  }
}

/** Whatever ends in the midst of its start waits so long for it: with all the rest a quarter of a minute. */
const BEGUN_MS = { part: 2000, all: 2000 } as const
/** A start waits so long for its channels; those that take longer come up beside it. */
const START_MS = 5000
/** A feed of a large bank takes its time. */
const FEED_TIME = { headersMs: 10_000, requestMs: 3_600_000 }
/** How often what a fault left unanswered is taken up again. */
const RESUME_MS = 30_000
