namespace CryoHub.Platform.Labels;

/// <summary>What the template that is being followed asks for now.</summary>
public sealed record NextStep(Guid RunId, int Number, string Title);
