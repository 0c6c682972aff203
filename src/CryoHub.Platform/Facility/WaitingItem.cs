using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Facility;

/// <param name="LabName">Whose it is.</param>
/// <param name="WaitsFor">The next step of its run; where it follows no template, its first data set.</param>
/// <param name="Since">When it came where it is now.</param>
public sealed record WaitingItem(SampleLink Item, string LabName, string WaitsFor, DateTimeOffset Since, string Place);
