import { z } from 'zod'

/** What the Slack channel reads from the environment. */
export const slackConfig = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-/, '应以 xoxb- 开头，见 Slack 的 OAuth & Permissions (begins with xoxb-)')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, '应以 xapp- 开头，见 Slack 的 App-Level Tokens (begins with xapp-)')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(8).optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
}
