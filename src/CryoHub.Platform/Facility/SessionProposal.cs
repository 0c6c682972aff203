namespace CryoHub.Platform.Facility;

/// <summary>What of a project was measured during a booking.</summary>
/// <param name="SessionId">Where it was made a session already.</param>
/// <param name="ClockOffsetSeconds">By how much the computer's clock was wrong; <c>null</c> where nobody looked, then the files are believed.</param>
/// <param name="Elsewhere">Data sets of that time that belong to another session; they stay there.</param>
public sealed record SessionProposal(Guid? SessionId, double? ClockOffsetSeconds, IReadOnlyList<SessionFile> Files, int Elsewhere);
