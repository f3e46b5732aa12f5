import type { ChannelPlugin } from './plugin.ts'
import { slack } from './slack/plugin.ts'
import { web } from './web/plugin.ts'
import { wechaty } from './wechaty/plugin.ts'
import { wecomApp } from './wecom/app/plugin.ts'
import { wecomBot } from './wecom/bot/plugin.ts'

/** Every channel there is; a new one is a folder and a line here. */
export const CHANNELS = [web, slack, wecomBot, wecomApp, wechaty] as const

type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

type Environment = Both<(typeof CHANNELS)[number]['environment']>

/** What all channels read from the environment. */
export const channelEnvironment = Object.assign(
  {},
  ...CHANNELS.map(({ environment }: ChannelPlugin) => environment),
) as Environment
