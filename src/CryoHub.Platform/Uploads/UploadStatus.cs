namespace CryoHub.Platform.Uploads;

/// <summary>Open: parts may come. Completed: the object is whole. Aborted: cancelled, expired or no longer allowed; its parts are gone or will be.</summary>
public enum UploadStatus { Open, Completed, Aborted }
