namespace CryoHub.Web.Features.Facility;

/// <param name="LabId">All bookings of its instruments; left out: one's own.</param>
public sealed record CreateFeed(Guid? LabId = null);
