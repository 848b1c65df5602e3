namespace Threadwell.Care.Treatments;

/// <summary>A fixed view, so that two dates can be compared.</summary>
public enum StandardView
{
    /// <summary>From the front, at rest.</summary>
    Front,

    /// <summary>Turned half: the left side is seen.</summary>
    ObliqueLeft,

    /// <summary>Turned half: the right side is seen.</summary>
    ObliqueRight,

    /// <summary>The left profile.</summary>
    ProfileLeft,

    /// <summary>The right profile.</summary>
    ProfileRight,
}

/// <summary>Which photos a treatment needs before it starts, taken standing on the day, before the anaesthetic.</summary>
public static class StandardPhotos
{
    /// <summary>The views that are needed: all five for every area.</summary>
    public static IReadOnlyList<StandardView> Needed { get; } = Enum.GetValues<StandardView>();
}
