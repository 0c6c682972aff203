using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>Acquisitions happen within a session: what it says about cold and gas holds for them too.</summary>
internal static class Sitting
{
    /// <summary>The session during which <paramref name="step"/> was acquired; <c>null</c> for other steps.</summary>
    public static ChronicleStep? Of(ChronicleStep step, IEnumerable<ChronicleStep> all) =>
        step.Kind != StepKinds.Acquisition ? null : all.FirstOrDefault(other => other.Kind == StepKinds.Session && other.StartedAt <= step.StartedAt && other.EndedAt >= step.EndedAt);
}
