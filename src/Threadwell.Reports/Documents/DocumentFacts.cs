using NodaTime;

namespace Threadwell.Reports.Documents;

/// <summary>What every document says of itself.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Clinic">The clinic that gives it.</param>
/// <param name="MadeAt">When it is made, in the clinic's own time; also the file's date, so that the same document made again is the same bytes.</param>
/// <param name="IsDemonstration">Whether patient and clinic are made up, which each page then says.</param>
public sealed record DocumentFacts(DocumentLanguage Language, ClinicDetails Clinic, OffsetDateTime MadeAt, bool IsDemonstration = false);

/// <summary>The clinic as its documents name it; what is empty is left out.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Address in a line.</param>
/// <param name="Phone">Phone number that is answered.</param>
/// <param name="LicenceNumber">Number of the facility's licence.</param>
public sealed record ClinicDetails(string Name, string Address, string Phone, string LicenceNumber = "");

/// <summary>The person a document is about.</summary>
/// <param name="FullName">Full name as the person writes it.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="RecordNumber">Number of the record.</param>
public sealed record PersonDetails(string FullName, LocalDate BirthDate, string RecordNumber);

/// <summary>A picture of a document.</summary>
/// <param name="Image">Bytes of a PNG or JPEG file.</param>
/// <param name="Caption">What it shows, in the document's language.</param>
public sealed record DocumentPicture(byte[] Image, string Caption);

/// <summary>A part of a flowing document.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Blocks">What stands under it.</param>
public sealed record DocumentSection(string Heading, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>A paragraph, list or table of a flowing document.</summary>
public abstract record DocumentBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text.</param>
public sealed record ParagraphBlock(string Text) : DocumentBlock;

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
public sealed record ListBlock(IReadOnlyList<string> Items) : DocumentBlock;

/// <summary>A table.</summary>
/// <param name="Headings">Headings of the columns; the first column is the widest.</param>
/// <param name="Rows">Rows of as many cells as there are columns.</param>
public sealed record TableBlock(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentBlock;
