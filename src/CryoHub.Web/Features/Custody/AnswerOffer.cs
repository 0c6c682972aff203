namespace CryoHub.Web.Features.Custody;

/// <param name="Note">What is seen on the item, or why it is declined.</param>
public sealed record AnswerOffer(string? Note = null);
