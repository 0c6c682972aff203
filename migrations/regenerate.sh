#!/bin/sh
# Writes History/00000000000001_Initial anew from the model. Only until the first release; see README.md.
set -eu
cd "$(dirname "$0")"
dotnet tool restore >/dev/null
dotnet restore >/dev/null
rm -rf History
dotnet ef migrations add Initial --output-dir History
for file in History/*_Initial*.cs; do
  mv "$file" "History/00000000000001_${file#*_}"
done
sed -i -E 's/\[Migration\("[0-9]+_Initial"\)\]/[Migration("00000000000001_Initial")]/' History/*_Initial.Designer.cs
