using System.Text.Json.Serialization;

namespace Threadwell.Anatomy;

/// <summary>Biological sex, which sets tissue thickness and ageing.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

/// <summary>Laxity of the skin on a five-step descriptive scale of our own wording.</summary>
public enum Laxity
{
    /// <summary>No visible sagging.</summary>
    None,

    /// <summary>Slight softening of the contour.</summary>
    Mild,

    /// <summary>Visible sagging that moves back under light finger traction.</summary>
    Moderate,

    /// <summary>Clear folds at rest.</summary>
    Marked,

    /// <summary>Redundant hanging skin: beyond what threads can hold; refer.</summary>
    Severe,
}

/// <summary>Areas that are treated with threads (mission M7).</summary>
public enum TreatmentArea
{
    /// <summary>Nasolabial fold and midface.</summary>
    [JsonStringEnumMemberName("nasolabial")]
    NasolabialFold,

    /// <summary>Jawline and jowl.</summary>
    Jawline,

    /// <summary>Brow.</summary>
    Brow,

    /// <summary>Forehead.</summary>
    Forehead,

    /// <summary>Neck.</summary>
    Neck,

    /// <summary>Abdomen after pregnancy, mild sagging.</summary>
    Abdomen,

    /// <summary>Breast, mild sagging.</summary>
    Breast,
}
