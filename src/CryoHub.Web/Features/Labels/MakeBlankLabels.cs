namespace CryoHub.Web.Features.Labels;

public sealed record MakeBlankLabels(int Count);
