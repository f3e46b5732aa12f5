import { readFileSync } from 'node:fs'
import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { channelEnvironment } from './channels/index.ts'
import { LEAST_AUDIT_DAYS, MOST_CLICK_DAYS, type Terms } from './core/calendar/terms.ts'
import { DATA_KEY } from './infra/database/encryption/data-key.ts'
import { LOG_LEVELS } from './infra/log.ts'
import type { MailSettings } from './infra/mail.ts'
import type { ModelSettings } from './infra/model/post-to-model.ts'

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/

/** An address, or a name before one in angle brackets; no line break that would begin another header. */
const MAIL_FROM = /^(?:[^<>\r\n"]{1,80} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/
const MAIL_FROM_FAULT =
  '写成 chenhui@bank.example 或 晨会 <chenhui@bank.example>。 An address, or a name and the address in <>.'

const timezone = z
  .string()
  .refine(
    (name) => Intl.supportedValuesOf('timeZone').includes(name),
    '不是时区名，如 Asia/Shanghai。 Not a time zone, such as Asia/Shanghai.',
  )

/** Digits alone: a `0x50` that somebody copied is no port. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, '写成整数，如 8707。 A whole number, such as 8707.')
    .transform(Number)
    .pipe(z.number().min(least).max(most))

/** Pages stand at the root of their address: their links and cookies know no folder. */
const publicAddress = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => new URL(url).pathname === '/' && !/[?#]/.test(url),
    '只写协议、域名和端口，不带路径，如 https://bank.example。 Without a path, such as https://bank.example.',
  )

/** A secret that a word or a held key would be. */
const FEW_LETTERS =
  '太简单，请用 openssl rand -base64 24 生成。 Too simple: make one by openssl rand -base64 24.'
const LEAST_LETTERS = 6

/** Everything the environment may set; what it may not is refused by name. */
export const configSchema = z.object({
  AUDIT_KEPT_DAYS: whole(LEAST_AUDIT_DAYS, 36_500).default(1826),
  BANK_NAME: z.string().max(40).default('示范银行'),
  BANK_COLOUR: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, '颜色写成 #0b5cad 的样子。 A colour such as #0b5cad.')
    .default('#0b5cad'),
  CALENDAR_LINKS: z.enum(['on', 'off']).default('off'),
  CHAT_KEPT_DAYS: whole(7, 3650).default(180),
  CLICKS_KEPT_DAYS: whole(2, MOST_CLICK_DAYS).default(MOST_CLICK_DAYS),
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().optional(),
  ALARM_CLIENTS_AN_HOUR: whole(1, 100_000).default(100),
  ALARM_VAIN_ENTRIES_A_DAY: whole(1, 100_000).default(10),
  DESK_SECOND_FACTOR: z.enum(['required', 'optional']).default('optional'),
  DATA_KEY: z
    .string()
    .regex(
      DATA_KEY,
      '32 字节的 Base64 或 64 位十六进制。 32 bytes in Base64, or 64 hexadecimal digits.',
    )
    .optional(),
  FEED_HOST: z.string().default('127.0.0.1'),
  FEED_MOST_ENDED: z.coerce.number().min(0).max(1).default(0.02),
  FEED_MOST_MB: whole(1, 10_240).default(1024),
  FEED_PORT: whole(0, 65535).optional(),
  HOST: z.string().default('127.0.0.1'),
  LISTS_KEPT_DAYS: whole(7, 3650).default(730),
  LISTENER_KEY: z.string().max(500).optional(),
  LISTENER_MODEL: z.string().max(200).optional(),
  LISTENER_URL: z.url({ protocol: /^https?$/ }).optional(),
  LISTENER_VOICE_OF_CLIENTS_MAY_GO_OUTSIDE: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  MAIL_FROM: z.string().max(200).regex(MAIL_FROM, MAIL_FROM_FAULT).optional(),
  MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MORNING_AT: z
    .string()
    .regex(clockTime, '写成 08:07 的样子，小时两位。 Such as 08:07, with two digits for the hour.')
    .default('08:07'),
  MORNING_SPREAD_SECONDS: whole(0, 3600).default(240),
  NEGATIVE_LIST_KEY: z
    .string()
    .min(16, '至少 16 个字符。 At least 16 characters.')
    .refine((key) => new Set(key).size >= LEAST_LETTERS, FEW_LETTERS)
    .optional(),
  OPERATIONS_HOST: z.string().default('127.0.0.1'),
  OPERATIONS_PORT: whole(0, 65535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  PORT: whole(0, 65535).default(8707),
  PUBLIC_URL: publicAddress.optional(),
  READER_KEY: z.string().max(500).optional(),
  READER_MODEL: z.string().max(200).optional(),
  READER_TEXT_OF_CLIENTS_MAY_GO_OUTSIDE: z.enum(['yes', 'no']).default('no'),
  READER_URL: z.url({ protocol: /^https?$/ }).optional(),
  REFERRAL_TELL_GRANTED: z.enum(['yes', 'no']).default('yes'),
  WEB_CHAT_TESTS: z.enum(['yes', 'no']).default('no'),
  SESSIONS_KEPT_DAYS: whole(1, 3650).default(183),
  TRUSTED_HOPS: whole(0, 10).default(0),
  TIMEZONE: timezone.default('Asia/Shanghai'),
  REMIND_MINUTES: whole(1, 240).default(15),
  REMIND_VISIT_MINUTES: whole(1, 240).default(30),
  SPOOL_DIR: z.string().default('data/spool'),
  ...channelEnvironment,
})
export type Config = z.infer<typeof configSchema>

/** Every fault of the environment at once, a line each. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault'
  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    super(`环境变量有误，请改正： The environment needs mending:\n${lines.join('\n')}`)
  }
}

/** A setting may stand in a file, as secrets are handed to a service: `NAME_FILE` says which. */
function fromFiles(set: Readonly<Record<string, string | undefined>>) {
  const read: Record<string, string> = {}
  const issues: z.core.$ZodIssue[] = []
  for (const name of Object.keys(configSchema.shape)) {
    const key = `${name}_FILE`
    const file = set[key]
    if (!file) continue
    const fault = (message: string) =>
      void issues.push({ code: 'custom', path: [key], message, input: undefined })
    if (set[name]) {
      fault(`和 ${name} 只能写一个。 Set either this or ${name}.`)
      continue
    }
    try {
      read[name] = readFileSync(file, 'utf8').trim()
    } catch {
      fault('读不了这个文件。 This file cannot be read.')
    }
  }
  return { read, issues }
}

/** Shorter names are too near to those of other programs. */
const LEAST_NAME = 6
/** Letters that may be wrong; two that changed places are two. */
const MOST_WRONG = 2

/** Of each name in an environment that is no setting, but nearly one, a sentence with the one that may be meant. */
export function misspelt(names: readonly string[]): string[] {
  const settings = Object.keys(configSchema.shape).filter(({ length }) => length >= LEAST_NAME)
  const known = new Set(Object.keys(configSchema.shape).flatMap((name) => [name, `${name}_FILE`]))
  return names.flatMap((name) => {
    if (known.has(name) || name.length < LEAST_NAME) return []
    const bare = name.replace(/_FILE$/, '')
    const meant = closest(bare, settings)
    if (distance(bare, meant) > MOST_WRONG) return []
    return `没有 ${name} 这个设置，是不是 ${meant}？ There is no setting ${name}; is ${meant} meant?`
  })
}

/** The model that writes voice messages down; null: none is set, or not all of it. */
export function listenerOf(config: Config): ModelSettings | null {
  const { LISTENER_URL: url, LISTENER_MODEL: model, LISTENER_KEY: key = null } = config
  const mayGoOutside = config.LISTENER_VOICE_OF_CLIENTS_MAY_GO_OUTSIDE === 'yes'
  return url && model ? { url, model, key, mayGoOutside } : null
}

/** The model that reads what is not understood; null: none is set, or not all of it. */
export function modelOf(config: Config): ModelSettings | null {
  const { READER_URL: url, READER_MODEL: model, READER_KEY: key = null } = config
  const mayGoOutside = config.READER_TEXT_OF_CLIENTS_MAY_GO_OUTSIDE === 'yes'
  return url && model ? { url, model, key, mayGoOutside } : null
}

/** By which server mail goes; null: none is set, or not all of it. */
export function mailOf({ MAIL_URL: url, MAIL_FROM: from }: Config): MailSettings | null {
  return url && from ? { url, from } : null
}

/** For how long things are kept. */
export const termsOf = (config: Config): Terms => ({
  chat: config.CHAT_KEPT_DAYS,
  audit: config.AUDIT_KEPT_DAYS,
  sessions: config.SESSIONS_KEPT_DAYS,
  lists: config.LISTS_KEPT_DAYS,
  clicks: config.CLICKS_KEPT_DAYS,
})

/** Reads the environment; a blank variable counts as absent. Throws `ConfigFault`. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const { read, issues } = fromFiles(set)
  const config = configSchema.safeParse({ ...set, ...read })
  const all = [...issues, ...(config.error?.issues ?? [])]
  if (!config.success || all.length > 0) throw new ConfigFault(all)
  return config.data
}
