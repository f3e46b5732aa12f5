-- CreateIndex
CREATE INDEX "campaign_figure_campaign_id_dimension_idx" ON "campaign_figure"("campaign_id", "dimension");
