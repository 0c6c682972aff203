using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Labels;

/// <summary>What a scanned label is stuck to, as the person who scanned it may see it.</summary>
/// <param name="Item"><c>null</c> where the label is blank.</param>
/// <param name="ProjectName">Empty where the label is blank.</param>
/// <param name="IsVoid">The label was torn off or replaced.</param>
/// <param name="Next">The next step of the newest run that the item is in.</param>
public sealed record ScannedItem(Guid LabelId, string Code, Guid LabId, string LabName, SampleLink? Item, string ProjectName, bool IsVoid, NextStep? Next);
