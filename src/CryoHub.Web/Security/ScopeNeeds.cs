namespace CryoHub.Web.Security;

/// <summary>Without a word an endpoint asks tokens for <c>read</c> (GET, HEAD) or <c>write</c> (all else).</summary>
public static class ScopeNeeds
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ScopeNeeded(scope));

    public static TBuilder NotByToken<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ScopeNeeded(null));
}
