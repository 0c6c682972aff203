namespace CryoHub.Platform.Ledgers;

/// <summary>What the place of an image had taken when the image was done.</summary>
/// <param name="StepId">The acquisition.</param>
/// <param name="SumPerA2">Electrons per square ångström, the acquisition itself included.</param>
/// <param name="IsLowerBound">True where an acquisition that may have hit the place has no fluence.</param>
/// <param name="Exceeded">Phases whose critical fluence that is beyond, the least robust first.</param>
/// <param name="Reported">Those of them that the image or result is about: its specimen's metal, or a phase that it names.</param>
public sealed record TakenDose(Guid StepId, double SumPerA2, bool IsLowerBound, IReadOnlyList<CriticalFluence> Exceeded, IReadOnlyList<CriticalFluence> Reported);
