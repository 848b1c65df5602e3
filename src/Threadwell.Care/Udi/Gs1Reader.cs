using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>Reads GS1 element strings, raw as a scanner sends them or with identifiers in parentheses as they are printed.</summary>
internal sealed class Gs1Reader
{
    private const int LongestValue = 90;

    private readonly LocalDate today;
    private readonly List<UdiElement> elements = [];
    private readonly List<UdiScan> origins = [];

    private Gs1Reader(LocalDate today) => this.today = today;

    private LocalDate? Expiry { get; set; }

    private LocalDate? Produced { get; set; }

    /// <summary>Reads the barcodes of one device.</summary>
    /// <exception cref="UdiException">A defect, with its place.</exception>
    public static DeviceIdentification Read(IReadOnlyList<UdiScan> scans, LocalDate today)
    {
        var reader = new Gs1Reader(today);
        foreach (UdiScan scan in scans)
        {
            if (scan.Text.StartsWith('('))
            {
                reader.ReadPrinted(scan);
            }
            else
            {
                reader.ReadRaw(scan);
            }
        }

        string? Value(string identifier) => reader.elements.Find(element => element.Identifier == identifier)?.Value;
        string device = Value("01") ?? throw new UdiException(
            1, null, "the product's number (01) is missing; scan the other barcode of the package too.", "thiếu mã sản phẩm (01); hãy quét thêm mã vạch còn lại trên bao bì.");
        return new DeviceIdentification
        {
            Agency = IssuingAgency.Gs1,
            DeviceIdentifier = device,
            Lot = Value("10"),
            Serial = Value("21"),
            Expiry = reader.Expiry,
            Produced = reader.Produced,
            Other = [.. reader.elements.Where(element => element.Identifier is not ("01" or "10" or "11" or "17" or "21"))],
            Text = Text([.. reader.elements.OrderBy(element => element.Identifier == "01" ? 0 : 1)]),
        };
    }

    // As it is printed; but where a value holds what looks like an identifier in parentheses, as a scanner sends it: printed, that part would be read as another value.
    private static string Text(IReadOnlyList<UdiElement> elements) =>
        elements.Any(element => Enumerable.Range(0, element.Value.Length).Any(at => IdentifierEnd(element.Value, at) >= 0))
            ? string.Concat(elements.Select(element => $"{element.Identifier}{element.Value}{(Gs1Identifiers.PredefinedLength(element.Identifier.AsSpan(0, 2)) > 0 ? "" : UdiScan.Separator)}")).TrimEnd(UdiScan.Separator)
            : string.Concat(elements.Select(element => $"({element.Identifier}){element.Value}"));

    private void ReadRaw(UdiScan scan)
    {
        string text = scan.Text;
        int at = text[0] == UdiScan.Separator ? 1 : 0;
        while (at < text.Length)
        {
            int identifierLength = IdentifierLength(scan, at, text.Length);
            int predefined = Gs1Identifiers.PredefinedLength(text.AsSpan(at, 2));
            int separator = text.IndexOf(UdiScan.Separator, at);
            int end = separator < 0 ? text.Length : separator;
            if (predefined > 0)
            {
                if (at + predefined > end)
                {
                    throw scan.Defect(
                        end, $"({text[at..(at + identifierLength)]}) ends too early: {predefined - identifierLength} characters are needed.", $"({text[at..(at + identifierLength)]}) bị thiếu: cần {predefined - identifierLength} ký tự.");
                }

                end = at + predefined;
            }

            Add(scan, text[at..(at + identifierLength)], at + identifierLength, text[(at + identifierLength)..end]);

            // One separator is tolerated after any element string, needed or not (General Specifications 7.8.6.3).
            at = end < text.Length && text[end] == UdiScan.Separator ? end + 1 : end;
        }
    }

    private void ReadPrinted(UdiScan scan)
    {
        string text = scan.Text;
        int at = 0;
        while (at < text.Length)
        {
            int close = IdentifierEnd(text, at);
            if (close < 0)
            {
                throw scan.Defect(at, "an identifier in parentheses is needed, such as (10).", "cần mã nhận dạng trong ngoặc, ví dụ (10).");
            }

            // A value may hold parentheses; it ends where the next identifier begins.
            int end = close + 1;
            while (end < text.Length && (end == close + 1 || IdentifierEnd(text, end) < 0))
            {
                end++;
            }

            string value = text[(close + 1)..end];
            string clean = value.TrimEnd(' ', UdiScan.Separator);
            Add(scan, text[(at + 1)..close], close + 1, clean);
            at = end;
        }
    }

    // Index of the parenthesis that closes an identifier which begins here; -1 where none does.
    private static int IdentifierEnd(string text, int at)
    {
        if (text[at] != '(')
        {
            return -1;
        }

        int close = text.IndexOf(')', at);
        int length = close - at - 1;
        return close > 0 && length is >= 2 and <= 4 && text.AsSpan(at + 1, length).IndexOfAnyExceptInRange('0', '9') < 0
            && Gs1Identifiers.Length(text.AsSpan(at + 1, 2)) == length ? close : -1;
    }

    private static int IdentifierLength(UdiScan scan, int at, int end)
    {
        for (int index = at; index < at + 2; index++)
        {
            if (index >= end || !char.IsAsciiDigit(scan.Text[index]))
            {
                throw scan.Defect(Math.Min(index, scan.Text.Length), "an application identifier is needed here (two digits at least).", "ở đây cần mã ứng dụng (ít nhất hai chữ số).");
            }
        }

        int length = Gs1Identifiers.Length(scan.Text.AsSpan(at, 2));
        if (length == 0)
        {
            throw scan.Defect(at, $"GS1 has no application identifier that begins with {scan.Text[at..(at + 2)]}.", $"GS1 không có mã ứng dụng bắt đầu bằng {scan.Text[at..(at + 2)]}.");
        }

        for (int index = at + 2; index < at + length; index++)
        {
            if (index >= end || !char.IsAsciiDigit(scan.Text[index]))
            {
                throw scan.Defect(Math.Min(index, scan.Text.Length), $"the application identifier that begins with {scan.Text[at..(at + 2)]} has {length} digits.", $"mã ứng dụng bắt đầu bằng {scan.Text[at..(at + 2)]} có {length} chữ số.");
            }
        }

        return length;
    }

    private void Add(UdiScan scan, string identifier, int at, string value)
    {
        if (value.Length == 0)
        {
            throw scan.Defect(at, $"({identifier}) has no value.", $"({identifier}) không có giá trị.");
        }

        int wrong = value.AsSpan().IndexOfAnyExcept(Encodable);
        if (wrong >= 0)
        {
            throw scan.Defect(at + wrong, "this character does not occur in GS1 codes.", "ký tự này không có trong mã GS1.");
        }

        Check(scan, identifier, at, value);
        int known = elements.FindIndex(element => element.Identifier == identifier);
        if (known >= 0)
        {
            if (elements[known].Value != value)
            {
                throw scan.Defect(
                    at, $"({identifier}) says {value}, but {elements[known].Value} {(origins[known].Barcode == scan.Barcode ? "before" : "in the other barcode")}: they do not belong to one device.", $"({identifier}) là {value}, nhưng trước đó là {elements[known].Value}: không cùng một thiết bị.");
            }

            return;
        }

        elements.Add(new UdiElement(identifier, value));
        origins.Add(scan);
    }

    private void Check(UdiScan scan, string identifier, int at, string value)
    {
        switch (identifier)
        {
            case "01":
                Digits(scan, identifier, at, value, 14);
                char check = Gs1Identifiers.CheckDigit(value.AsSpan(0, 13));
                if (check != value[13])
                {
                    throw scan.Defect(at + 13, $"the check digit of the product's number is {value[13]}, but must be {check}: a digit is wrong.", $"số kiểm tra của mã sản phẩm là {value[13]}, phải là {check}: có chữ số sai.");
                }

                break;
            case "11":
                Produced = Date(scan, identifier, at, value);
                break;
            case "17":
                Expiry = Date(scan, identifier, at, value);
                break;
            case "10" or "21":
                Longest(scan, identifier, at, value, 20);
                break;
            default:
                int predefined = Gs1Identifiers.PredefinedLength(identifier.AsSpan(0, 2));
                if (predefined > 0)
                {
                    Digits(scan, identifier, at, value, predefined - identifier.Length);
                }

                Longest(scan, identifier, at, value, LongestValue);
                break;
        }
    }

    private LocalDate Date(UdiScan scan, string identifier, int at, string value)
    {
        Digits(scan, identifier, at, value, 6);
        return UdiDates.Day(UdiDates.Year(UdiDates.Number(value.AsSpan(0, 2)), today), UdiDates.Number(value.AsSpan(2, 2)), UdiDates.Number(value.AsSpan(4, 2)), zeroIsLast: true)
            ?? throw scan.Defect(at, $"({identifier}) {value} is no day of the calendar (year, month, day).", $"({identifier}) {value} không phải ngày có thật (năm, tháng, ngày).");
    }

    private static void Digits(UdiScan scan, string identifier, int at, string value, int count)
    {
        int wrong = value.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (wrong >= 0 || value.Length != count)
        {
            throw scan.Defect(at + (wrong >= 0 ? wrong : Math.Min(value.Length, count)), $"({identifier}) needs {count} digits.", $"({identifier}) cần {count} chữ số.");
        }
    }

    private static void Longest(UdiScan scan, string identifier, int at, string value, int most)
    {
        if (value.Length > most)
        {
            throw scan.Defect(
                at + most, $"({identifier}) has more than {most} characters; a separator may be missing.", $"({identifier}) dài hơn {most} ký tự; có thể thiếu dấu phân cách.");
        }
    }

    private static readonly System.Buffers.SearchValues<char> Encodable =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(33, 94).Select(code => (char)code).Where(Gs1Identifiers.IsEncodable)]);
}
