using CryoHub.Numerics.Statistics;

namespace CryoHub.Platform.Fields;

/// <summary>One measured number by one factor.</summary>
/// <param name="Test">Whether the groups differ; <c>null</c> where they cannot be tested, as <paramref name="Reading"/> says.</param>
/// <param name="Reading">Which test was taken and why, or why there is none.</param>
/// <param name="Dependence">Set where several values come from one cell: how many from how many; intervals and the test then use the cells' means.</param>
/// <param name="Left">Data sets in scope without the number or the factor.</param>
public sealed record Comparison(RecordedField Factor, RecordedField Value, IReadOnlyList<ComparedGroup> Groups, GroupTest? Test, string Reading, string Dependence, int Left);
