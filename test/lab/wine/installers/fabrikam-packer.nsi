; A program for the whole machine, BITS 32 or 64: the 32-bit one writes where 32-bit programs do.
Unicode true
Target amd64-unicode
SilentInstall silent
SilentUnInstall silent
RequestExecutionLevel admin
Name "Fabrikam Packer"
OutFile "${OUTPUT}"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\FabrikamPacker"

!macro Where
  SetRegView ${BITS}
  !if ${BITS} == 64
    StrCpy $INSTDIR "$PROGRAMFILES64\Fabrikam Packer"
  !else
    StrCpy $INSTDIR "$PROGRAMFILES32\Fabrikam Packer"
  !endif
!macroend

Section
  !insertmacro Where
  SetOutPath "$INSTDIR"
  File /oname=packer.exe "${PROGRAM}"
  WriteRegStr HKLM "${ENTRY}" "DisplayName" "Fabrikam Packer ${VERSION} (${BITS}-bit)"
  WriteRegStr HKLM "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${ENTRY}" "Publisher" "Fabrikam, Inc."
  WriteRegStr HKLM "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKLM "${ENTRY}" "NoModify" 1
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd

Section Uninstall
  !insertmacro Where
  DeleteRegKey HKLM "${ENTRY}"
  Delete "$INSTDIR\packer.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
