namespace CryoHub.Web.Features.Annotations;

/// <summary>Somebody who looks at a signal.</summary>
internal sealed record LayerWatcher(Guid UserId, string Name, Guid DatasetId, int SignalIndex);
