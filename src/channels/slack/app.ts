// What the Slack app is made of, by name: the manifest is made from it, and the channel uses it.

export const SLASH_COMMAND = '/chenhui'

/** Asked for at installation; each is needed by a call or an event below. */
export const BOT_SCOPES = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
] as const

/** What an agent asks for besides, as paid plans have them: suggestions, and a word that it is working. */
export const PANE_SCOPE = 'assistant:write'

/** `app_home_opened` comes of the conversation, too, which is where an agent suggests. */
export const BOT_EVENTS = ['app_home_opened', 'app_mention', 'message.im'] as const

/** Shortcuts, and the command whose form each opens. */
export const SHORTCUTS = {
  log_outcome: {
    type: 'global',
    command: 'outcome-form',
    name: '登记结果',
    about: 'Log an outcome',
  },
  make_task: {
    type: 'message',
    command: 'new-task-form',
    name: '生成任务',
    about: 'Make this a task',
  },
} as const

/** The manifest from which the app is made (api.slack.com/apps → From a manifest). */
export const manifest = {
  display_information: {
    name: '晨会',
    description: '客户经理的晨会助手',
    background_color: '#0b5cad',
  },
  features: {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    },
    bot_user: { display_name: '晨会', always_online: true },
    shortcuts: Object.entries(SHORTCUTS).map(([callback_id, { type, name, about }]) => {
      return { name, type, callback_id, description: about }
    }),
    slash_commands: [
      {
        command: SLASH_COMMAND,
        description: '对晨会说一句话',
        usage_hint: '今日 | 查 张三 | 帮助',
        // People are named by their ids, as in messages.
        should_escape: true,
      },
    ],
  },
  oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
  settings: {
    event_subscriptions: { bot_events: [...BOT_EVENTS] },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
}

/** The same for a workspace that has agents (docs.slack.dev/ai): they suggest what to say. */
export const agentManifest = {
  ...manifest,
  features: {
    ...manifest.features,
    agent_view: {
      agent_description: '每天早上的任务、登记结果、查客户：直接说一句话。',
      suggested_prompts: [],
    },
  },
  oauth_config: { scopes: { bot: [...BOT_SCOPES, PANE_SCOPE] } },
}
