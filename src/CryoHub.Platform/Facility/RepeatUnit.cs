namespace CryoHub.Platform.Facility;

public enum RepeatUnit { Day, Week }
