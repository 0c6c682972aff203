namespace CryoHub.Analyses.Parameters;

/// <summary>What is wrong with one parameter, to be shown beside its field.</summary>
/// <param name="Name">Path as in the JSON, for instance <c>windows[1].to</c>.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ParameterProblem(string Name, string Message);
