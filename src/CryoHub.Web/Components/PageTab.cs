namespace CryoHub.Web.Components;

/// <summary>One tab below a page's title; the count is a fact, never an alarm.</summary>
public sealed record PageTab(string Name, string Href, bool IsCurrent, int? Count = null);
