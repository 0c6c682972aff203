namespace CryoHub.Platform.Pairs;

/// <summary>Something in which the records of two samples differ.</summary>
/// <param name="Kind">Key of the kind of step.</param>
/// <param name="Title">Of the kind.</param>
/// <param name="Field">Label of the field; empty where one of them has no such step.</param>
/// <param name="Control">What is recorded of the control; empty where nothing is.</param>
/// <param name="Treated">What is recorded of the other.</param>
public sealed record PairDifference(string Kind, string Title, string Field, string Control, string Treated);
