import type { Feature } from '../../bot/feature.ts'
import { figuresBook, showFigures } from './figures/show-figures.ts'
import { campaignChange } from './plan/change-running.ts'
import { changeCampaignForm, newCampaignForm, saveCampaign } from './plan/save-campaign.ts'
import { moveCampaign, returnForm } from './run/move-campaign.ts'
import { remindAudience } from './run/remind-audience.ts'
import { runCampaigns } from './run/run-campaigns.ts'
import { setApproval } from './run/set-approval.ts'
import { campaignClients, showCampaign } from './show-campaign.ts'
import { clientSection } from './tag/client-section.ts'
import { tagClient } from './tag/tag-client.ts'
import { tagForm } from './tag/tag-form.ts'

export const campaigns: Feature = {
  topic: { zh: '活动', en: 'campaigns' },
  commands: [
    tagClient,
    tagForm,
    newCampaignForm,
    changeCampaignForm,
    saveCampaign,
    moveCampaign,
    returnForm,
    setApproval,
    campaignClients,
    remindAudience,
    showFigures,
    figuresBook,
    showCampaign,
  ],
  jobs: [runCampaigns],
  requestKinds: [campaignChange],
  clientSections: [clientSection],
}
