using System.Globalization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Treatments;

namespace Threadwell.Storage.Bench;

/// <summary>A clinic of any size from a seed: patients, each with an assessment, photos, a treatment and its threads. The same seed gives the same clinic.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Patients">How many patients.</param>
/// <param name="ThreadsEach">Threads of each.</param>
/// <param name="FirstNumber">Record number of the first.</param>
/// <param name="Facility">A place of treatment that is there.</param>
/// <param name="Rulebook">A version of the rulebook that is there.</param>
/// <param name="Photo">Hash of the file that all photos show.</param>
internal sealed record SeededClinic(int Seed, int Patients, int ThreadsEach, int FirstNumber, Guid Facility, int Rulebook, string Photo)
{
    private static readonly string[] Families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
    private static readonly string[] Middles = ["Thị", "Thị Mỹ", "Ngọc", "Thu", "Minh", "Kim", "Thanh", "Bích", "Văn", "Hồng", "Thị Thuỳ", "Phương"];
    private static readonly string[] Givens =
        ["Hoa", "Hoà", "Mai", "Lan", "Hương", "Thuỷ", "Trang", "Linh", "Quỳnh", "Yến", "Nga", "Hằng", "Đào", "Tuyết", "Vân", "Oanh", "Phượng", "Dung", "Nhung", "Xuân", "Tâm", "Đức", "Nhi", "Vy", "My", "Châu", "Diễm", "Ánh", "Loan", "Ngân"];

    // So many doctors treat.
    private const int Operators = 12;

    private static readonly string[] Materials = ["PDO", "PDO", "PLLA", "PCL", "PLCL"];
    private static readonly TreatmentArea[] Areas = [TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Jawline, TreatmentArea.Brow, TreatmentArea.Neck, TreatmentArea.Forehead];

    private static readonly Instant Opened = Instant.FromUtc(2022, 1, 3, 1, 0);
    private static readonly LocalDate FirstDay = new(2022, 1, 3);

    /// <summary>How many lots the threads come from: each of some hundred threads, as a carton of a maker is.</summary>
    public int Lots => Math.Max(1, Patients * ThreadsEach / 500);

    /// <summary>A lot.</summary>
    public static string Lot(int index) => string.Create(CultureInfo.InvariantCulture, $"TW{index:00000}-26");

    /// <summary>The key of a patient.</summary>
    public static Guid PatientKey(int index) => Key(1, index);

    /// <summary>The key of a patient's treatment.</summary>
    public static Guid TreatmentKey(int index) => Key(4, index);

    /// <summary>Its day.</summary>
    public static LocalDate TreatedOn(int index) => FirstDay.PlusDays((index % 1700) + 14);

    /// <summary>Name of a patient.</summary>
    public string Name(int index)
    {
        var random = new Random(HashCode(index));
        return $"{Families[random.Next(Families.Length)]} {Middles[random.Next(Middles.Length)]} {Givens[random.Next(Givens.Length)]}";
    }

    /// <summary>The patients.</summary>
    public IEnumerable<Patient> PatientRows() => Enumerable.Range(0, Patients).Select(index => new Patient
    {
        Id = PatientKey(index),
        Number = FirstNumber + index,
        FullName = Name(index),
        SortKey = PatientNames.SortKey(Name(index)),
        BirthDate = new LocalDate(1950, 1, 1).PlusDays(HashCode(index) % 18000),
        Sex = index % 9 == 0 ? Sex.Male : Sex.Female,
        CitizenNumber = string.Create(CultureInfo.InvariantCulture, $"{index:000000000000}"),
        Phone = string.Create(CultureInfo.InvariantCulture, $"09{index:00000000}"),
        Address = "12 Lê Lợi, Huế",
        Notes = index % 3 == 0 ? "Đã gọi điện, sẽ đến tuần sau." : "",
        Language = "vi",
        CreatedAt = Opened.Plus(Duration.FromMinutes(index)),
    });

    /// <summary>The words that they are found by.</summary>
    public IEnumerable<PatientWord> WordRows() => Enumerable.Range(0, Patients)
        .SelectMany(index => PatientNames.Words(Name(index)).Select(word => new PatientWord { PatientId = PatientKey(index), Word = word }));

    /// <summary>One assessment each.</summary>
    public IEnumerable<StoredAssessment> AssessmentRows() => Enumerable.Range(0, Patients).Select(index => new StoredAssessment
    {
        Id = Key(2, index),
        PatientId = PatientKey(index),
        AnswersJson = "{\"age\":52,\"laxity\":\"moderate\",\"area\":\"jawline\",\"pregnant\":\"no\",\"anticoagulant\":\"no\",\"infection\":\"no\"}",
        ResultJson = "{\"outcome\":\"suitable\",\"reasons\":[]}",
        Outcome = "Suitable",
        RulebookVersion = Rulebook,
        ByUserId = Key(9, 0),
        CreatedAt = Opened.Plus(Duration.FromMinutes(index + 30)),
    });

    /// <summary>Five standard views each.</summary>
    public IEnumerable<StoredPhoto> PhotoRows() => Enumerable.Range(0, Patients * 5).Select(index => new StoredPhoto
    {
        Id = Key(3, index),
        PatientId = PatientKey(index / 5),
        FileSha256 = Photo,
        ThumbnailSha256 = Photo,
        View = (PhotoView)(index % 5),
        TakenOn = FirstDay.PlusDays(index / 5 % 1700),
        Width = 1200,
        Height = 1600,
        AddedBy = Key(9, 0),
        CreatedAt = Opened.Plus(Duration.FromMinutes((index / 5) + 40)),
    });

    /// <summary>One treatment each.</summary>
    public IEnumerable<StoredTreatment> TreatmentRows() => Enumerable.Range(0, Patients).Select(index => new StoredTreatment
    {
        Id = TreatmentKey(index),
        PatientId = PatientKey(index),
        Kind = TreatmentKind.Planned,
        State = TreatmentState.Ended,
        Day = TreatedOn(index),
        OperatorId = Key(9, index % Operators),
        FacilityId = Facility,
        Room = "2",
        PreparationJson = "{\"photos\":true}",
        EventsJson = "[]",
        StartedAt = Opened.Plus(Duration.FromMinutes(index + 90)),
        EndedAt = Opened.Plus(Duration.FromMinutes(index + 130)),
        SignedBy = Key(9, 0),
        CreatedAt = Opened.Plus(Duration.FromMinutes(index + 80)),
    });

    /// <summary>The threads.</summary>
    public IEnumerable<ImplantedThread> ThreadRows() => Enumerable.Range(0, Patients * ThreadsEach).Select(index =>
    {
        int patient = index / ThreadsEach;

        // A treatment opens cartons of one lot, sometimes of two.
        string lot = Lot(HashCode(patient + (index % ThreadsEach < ThreadsEach - 2 ? 0 : 7)) % Lots);
        return new ImplantedThread
        {
            Id = Key(5, index),
            TreatmentId = TreatmentKey(patient),
            PatientId = PatientKey(patient),
            Number = (index % ThreadsEach) + 1,
            ProductName = "Barbed thread 19G",
            Maker = "Example Maker",
            Material = Materials[patient % Materials.Length],
            DeviceIdentifier = "09506000134352",
            Lot = lot,
            LotKey = LotKeys.Of(lot),
            Expiry = new LocalDate(2028, 12, 31),
            Area = Areas[patient / Materials.Length % Areas.Length],
            Side = index % 2 == 0 ? BodySide.Left : BodySide.Right,
            PlacedAt = Opened.Plus(Duration.FromMinutes(patient + 100)),
        };
    });

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync(ThreadwellContext context)
    {
        var rows = new BulkRows(context);
        await rows.WriteAsync(PatientRows());
        await rows.WriteAsync(WordRows());
        await rows.WriteAsync(AssessmentRows());
        await rows.WriteAsync(PhotoRows());
        await rows.WriteAsync(TreatmentRows());
        await rows.WriteAsync(ThreadRows());
    }

    /// <summary>A key: of one kind of row, by its number.</summary>
    public static Guid Key(int kind, int index) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"0193b{kind:000}-{index >> 16:x4}-7{index & 0xFFF:x3}-8{(index >> 12) & 0xF:x1}00-{index:x12}"));

    // A scramble without a pattern (Knuth, The Art of Computer Programming, volume 3, 6.4: multiplication by the golden ratio).
    private int HashCode(int index) => (int)((((uint)index * 2654435769u) ^ ((uint)Seed * 40503u)) >> 4);
}
