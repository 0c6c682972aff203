namespace CryoHub.Platform.Messages;

/// <summary>Something was said about a data set, worded anew, taken away or settled; whoever shows it asks again.</summary>
public sealed record CommentsChanged(Guid DatasetId);
