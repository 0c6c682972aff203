namespace CryoHub.Platform.Uploads;

/// <summary>The files that become one data set, and whether the file asked about is one that a reader opens.</summary>
public sealed record CompanionGroup(string Key, IReadOnlyList<string> Members, bool IsPrimary);
