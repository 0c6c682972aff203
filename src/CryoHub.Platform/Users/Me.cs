using CryoHub.Platform.Labs;

namespace CryoHub.Platform.Users;

/// <summary>The signed-in person about themselves.</summary>
public sealed record Me(Guid Id, string DisplayName, string Email, bool IsAdministrator, bool HasSecondFactor, IReadOnlyList<LabRow> Labs);
