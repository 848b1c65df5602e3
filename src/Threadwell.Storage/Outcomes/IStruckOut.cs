using NodaTime;

namespace Threadwell.Storage.Outcomes;

/// <summary>An entry of the record that is never deleted: what was entered by mistake is struck out, with the reason.</summary>
public interface IStruckOut
{
    /// <summary>Its key.</summary>
    Guid Id { get; }

    /// <summary>When it was struck out as entered by mistake; null while it stands.</summary>
    Instant? StruckAt { get; set; }

    /// <summary>Why it was struck out.</summary>
    string StruckReason { get; set; }

    /// <summary>Counts changes; a writer that read an older one is refused.</summary>
    long Revision { get; set; }
}
